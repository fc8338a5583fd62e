"""What scripts/contact_center/generate.py puts together: content, SQL steps, bad rows, files."""
