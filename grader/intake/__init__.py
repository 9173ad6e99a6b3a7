"""Take in what students hand in: safely, once, and nothing but notebooks."""
