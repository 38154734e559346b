"""Readouts: two accounts of one contact, point by point. What one leaves out it does not contradict."""
