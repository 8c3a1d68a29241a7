from mygrad.engine import Value, dot
