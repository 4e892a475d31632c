"""The public addresses that are not pages."""

app_name = "pages"
urlpatterns = []
