"""Small scripts with one purpose each: build notebooks, adopt edits, vendor data."""
