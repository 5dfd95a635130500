from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cluster.access import public


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """``ok`` when the application and its database answer; 500 and a log line otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
