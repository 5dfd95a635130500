from django.urls import path, re_path

from reports.views.figure_rows import figure_rows
from reports.views.home import home
from reports.views.review import review, review_index, review_json

app_name = "reports"
_REVIEW = r"^clusters/(?P<slug>[-\w]+)/review/(?P<period>\d{4}|\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d)"
urlpatterns = [
    path("", home, name="home"),
    path("clusters/<slug:slug>/review/", review_index, name="review_index"),
    re_path(_REVIEW + r"/$", review, name="review"),
    re_path(_REVIEW + r"\.json$", review_json, name="review_json"),
    re_path(_REVIEW + r"/figures/(?P<key>[a-z_]+)/$", figure_rows, name="figure_rows"),
]
