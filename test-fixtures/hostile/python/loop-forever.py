# Tries: to loop for ever
# Label: timeout
    while True:
        pass
