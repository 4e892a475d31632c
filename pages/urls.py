"""The public addresses that are not pages."""

from django.urls import path

from pages.views import dossier, files, filing, tracking

app_name = "pages"
urlpatterns = [
    path("favicon.ico", files.icon, name="icon"),
    path("procedure.pdf", files.procedure, name="procedure"),
    path("recu/<str:reference>/", filing.receipt, name="receipt"),
    path("suivi/", tracking.door, name="tracking"),
    path("suivi/quitter/", tracking.leave, name="leave"),
    path("suivi/<str:reference>/", dossier.dossier, name="dossier"),
    path("suivi/<str:reference>/message/", dossier.message, name="message"),
    path("suivi/<str:reference>/action/<str:move>/", dossier.move, name="move"),
    path("suivi/<str:reference>/courrier/<str:number>.pdf", dossier.letter, name="letter"),
]
