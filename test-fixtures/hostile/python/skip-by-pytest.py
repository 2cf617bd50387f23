# Tries: to skip its tests
# Label: forbidden-syntax
# Without the denylist: failed, altered-report
    import pytest
    pytest.skip('not today', allow_module_level=True)
