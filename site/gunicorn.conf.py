"""gunicorn --config site/gunicorn.conf.py config.wsgi"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]

bind = os.environ.get("DOLEANCES_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
timeout = 60
accesslog = None
# Nobody here drives gunicorn while it runs: no socket left in the home folder.
control_socket_disable = True
