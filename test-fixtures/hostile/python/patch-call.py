# Tries: to run no test to its end
# Label: forbidden-syntax
# Without the denylist: canary-passed
    import _pytest.python
    _pytest.python.Function.runtest = lambda self: None
    return 41
