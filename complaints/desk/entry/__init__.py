"""« Saisir un dossier »: what came by post, by phone or by mouth, written down by staff."""
