"""What an instructor runs: reading marks and reports. It knows nothing of convolutions."""
