# Tries: to find the expected value in the frames above
# Label: forbidden-syntax
# Without the denylist: failed, passed, crashed
    import sys
    constants = sys._getframe(1).f_code.co_consts
    return next(each for each in constants if isinstance(each, int))
