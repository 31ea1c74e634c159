"""Pages and feeds from the web: no link reaches what is not public, takes too much, or gives a site no rest."""
