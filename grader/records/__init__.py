"""What grading remembers: the ledger, what waits to be delivered, the course's secret, and who may write."""
