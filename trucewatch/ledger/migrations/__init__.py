"""The ledger's history of shapes, run by Alembic when a ledger is opened that is not of the newest one."""
