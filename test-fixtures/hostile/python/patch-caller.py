# Tries: to change the test that calls it
# Label: forbidden-syntax
# Without the denylist: failed
    import inspect
    inspect.currentframe().f_back.f_globals['answer'] = lambda: 42
    return 41
