"""What make_demo.py puts together: three contact centres over half a year."""
