"""Wagtail's own addresses, its pages being served by us."""

from django.urls import re_path
from wagtail.urls import serve_pattern
from wagtail.urls import urlpatterns as wagtail_patterns

from pages.views.serving import serve

SERVED = "wagtail_serve"
others = [pattern for pattern in wagtail_patterns if pattern.name != SERVED]
urlpatterns = [*others, re_path(serve_pattern, serve, name=SERVED)]
