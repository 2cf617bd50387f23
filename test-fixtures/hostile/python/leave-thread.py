# Tries: to leave a thread behind that never ends
# Label: forbidden-syntax
# Without the denylist: failed, timeout, crashed
    import threading
    def again():
        while True:
            pass
    threading.Thread(target=again, daemon=True).start()
    return 41
