"""What was published: the log of builds and of the figures that later ones changed."""
