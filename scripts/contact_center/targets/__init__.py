"""The kinds of warehouse that can be built: each module has build(options, folder, loaded)."""
