-- The lines of the files as they are, all text.
{{ asterisk_files_rows() }}
