"""How what was seen is compared with what a case expects: only what is written must agree."""
