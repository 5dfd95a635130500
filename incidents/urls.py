from django.urls import include, path

from incidents.views.awards import award_delete, award_edit, award_list, award_new
from incidents.views.declared import declare_none, declared_delete, declared_edit, declared_list, declared_new
from incidents.views.found import incident_link, patrol_incidents
from incidents.views.incidents import incident_delete, incident_detail, incident_edit, incident_list, incident_new

app_name = "incidents"

_of_a_cluster = [
    path("incidents/", incident_list, name="incident_list"),
    path("incidents/new/", incident_new, name="incident_new"),
    path("incidents/<uuid:client_id>/", incident_detail, name="incident_detail"),
    path("incidents/<uuid:client_id>/edit/", incident_edit, name="incident_edit"),
    path("incidents/<uuid:client_id>/delete/", incident_delete, name="incident_delete"),
    path("incidents/<uuid:client_id>/link/", incident_link, name="incident_link"),
    path("patrols/<uuid:client_id>/incidents/", patrol_incidents, name="patrol_incidents"),
    path("awards/", award_list, name="award_list"),
    path("awards/new/", award_new, name="award_new"),
    path("awards/<uuid:client_id>/edit/", award_edit, name="award_edit"),
    path("awards/<uuid:client_id>/delete/", award_delete, name="award_delete"),
    path("declared/", declared_list, name="declared_list"),
    path("declared/new/", declared_new, name="declared_new"),
    path("declared/none/", declare_none, name="declare_none"),
    path("declared/<int:pk>/edit/", declared_edit, name="declared_edit"),
    path("declared/<int:pk>/delete/", declared_delete, name="declared_delete"),
]
urlpatterns = [path("clusters/<slug:slug>/", include(_of_a_cluster))]
