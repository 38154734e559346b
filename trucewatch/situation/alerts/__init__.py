"""Alerts: what is out of the ordinary on a day, each with the reason in plain words."""
