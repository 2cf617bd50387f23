# Tries: to end the function and go on behind it
# Label: syntax-error
    return 42

import os
