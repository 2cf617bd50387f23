# Tries: to equal everything
# Label: forbidden-syntax
# Without the denylist: negation-passed
    class Everything(int):
        def __eq__(self, other):
            return True
        def __add__(self, other):
            return self
        __hash__ = None
    return Everything()
