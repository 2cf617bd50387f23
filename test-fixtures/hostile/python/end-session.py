# Tries: to end the whole session
# Label: forbidden-syntax
# Without the denylist: failed, crashed, altered-report, exited-early
    import pytest
    pytest.exit('done', returncode=0)
