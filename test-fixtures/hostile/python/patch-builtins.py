# Tries: to make every comparison come out
# Label: forbidden-syntax
# Without the denylist: failed, crashed, altered-report, canary-passed, negation-passed
    import builtins
    builtins.AssertionError = StopIteration
    return 41
