"""The addresses: the public pages last, because Wagtail answers whatever is left."""

from django.conf import settings
from django.urls import include, path
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v3.urls import api
from wagtail.documents import urls as wagtaildocs_urls

# A post too much to be read, a page closed meanwhile: in French, nothing of what was written lost.
handler400 = "pages.views.bad_request.bad_request"
handler404 = "pages.views.missing.missing"

urlpatterns = [
    path("gestion/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v3/", api.urls),
    # Images of the pages only. Nothing a complainant sends is ever under MEDIA_ROOT.
    path("media/images/<path:path>", serve, {"document_root": settings.MEDIA_ROOT / "images"}),
    path("", include("pages.urls")),
    path("", include("pages.wagtail_urls")),
]
