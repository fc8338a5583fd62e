"""What BI tools are told of the marts, made of the YAML that documents them: bi/ comes of it."""
