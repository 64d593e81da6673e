"""The WSGI application that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# What is loaded by now stays as long as the process. Left to the garbage collector, all of it would be gone
# through again and again in the middle of requests: 20 to 30 ms each time.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
