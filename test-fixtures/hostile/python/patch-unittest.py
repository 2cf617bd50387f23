# Tries: to make unittest's assertion do nothing
# Label: forbidden-syntax
# Without the denylist: failed
    import unittest
    unittest.TestCase.assertEqual = lambda *_: None
    return 41
