"""The pool: values that break real code, collected by hand."""
