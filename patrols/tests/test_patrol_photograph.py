import hashlib
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.utils import timezone
from PIL import Image

from cluster.access import Access
from cluster.tests.pictures import HTML, PDF, SVG, bomb, photo, picture
from patrols.models import Photograph
from patrols.services import attach_photograph
from patrols.tests.entries import error_of, first, page_of
from patrols.tests.factories import make_patrol

CLIENT_ID = "7d6d9a3e-0c2f-4a5e-8f60-2f3d0d3a9b11"


@pytest.fixture
def patrol(two_party_cluster, recorder):
    world = two_party_cluster
    return make_patrol(cluster=world.cluster, lead_unit=world.unit, recorded_by=recorder, recorded_unit=world.unit)


@pytest.fixture
def address(patrol):
    return f"/clusters/cum-thu/patrols/{patrol.client_id}/photographs/new/"


def send(client, address, content, *, name="IMG_0001.jpg", client_id=CLIENT_ID):
    return client.post(address, {"client_id": client_id, "file": SimpleUploadedFile(name, content)})


def stored_files(settings):
    return sorted(settings.MEDIA_ROOT.rglob("*/*"))


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def test_patrol_photograph_refuses_other_methods(client_of, recorder, address):
    assert client_of(recorder).put(address).status_code == 405


@pytest.mark.parametrize("method", ["get", "post"])
def test_patrol_photograph_sends_strangers_to_sign_in(client, address, method):
    assert getattr(client, method)(address)["Location"] == f"/accounts/login/?next={address}"


def test_patrol_photograph_does_not_exist_for_outsiders(client_of, outsider, address):
    assert send(client_of(outsider), address, photo()).status_code == 404


@pytest.mark.parametrize("persona", ["leader", "observer"])
def test_patrol_photograph_is_forbidden_to_who_does_not_log(client_of, request, address, persona):
    assert send(client_of(request.getfixturevalue(persona)), address, photo()).status_code == 403
    assert not Photograph.objects.exists()


def test_patrol_photograph_is_forbidden_to_a_unit_that_took_no_part(client_of, partner_recorder, address, patrol):
    patrol.contingents.exclude(unit=patrol.lead_unit).delete()
    assert send(client_of(partner_recorder), address, photo()).status_code == 403
    assert not Photograph.objects.exists()


@pytest.mark.parametrize("persona", ["recorder", "partner_recorder", "coordinator"])
def test_patrol_photograph_attaches(client_of, request, address, patrol, settings, persona, two_party_cluster):
    user = request.getfixturevalue(persona)
    units = {"recorder": two_party_cluster.unit, "partner_recorder": two_party_cluster.partner_unit}
    response = send(client_of(user), address, photo())
    photograph = Photograph.objects.get()
    (file,) = stored_files(settings)
    content = file.read_bytes()
    assert response["Location"] == f"/clusters/cum-thu/patrols/{patrol.client_id}/#photographs"
    assert (photograph.patrol, photograph.added_by, photograph.added_unit) == (patrol, user, units.get(persona))
    assert (photograph.kind, photograph.size, str(photograph.client_id)) == ("image/jpeg", len(content), CLIENT_ID)
    assert photograph.sha256 == hashlib.sha256(content).hexdigest()
    assert dict(Image.open(io.BytesIO(content)).getexif()) == {}


def test_patrol_photograph_is_stored_under_a_random_name_that_only_we_read(client_of, recorder, address, settings):
    send(client_of(recorder), address, photo(), name="Nguyễn Văn A.jpg")
    (file,) = stored_files(settings)
    modes = [oct(path.stat().st_mode & 0o777) for path in (settings.MEDIA_ROOT, file.parent, file)]
    assert modes == ["0o700", "0o700", "0o600"]
    assert uuid.UUID(hex=file.name).version == 4


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (HTML, "The file is no complete JPEG, PNG or WebP picture and no PDF."),
        (SVG, "The file is no complete JPEG, PNG or WebP picture and no PDF."),
        (photo(size=(400, 300))[:-900], "The file is no complete JPEG, PNG or WebP picture and no PDF."),
        (bomb(9_000, 9_000), "The picture has more than 40 million dots: take it again in a smaller size."),
        (PDF + bytes(10 * 2**20), "The file is larger than 10 MB."),
        (PDF + bytes(12 * 2**20), "The file is larger than 10 MB."),
        (b"", "The submitted file is empty."),
    ],
    ids=["html", "svg", "cut", "bomb", "large", "too-large-to-be-read", "empty"],
)
def test_patrol_photograph_says_why_a_file_is_not_taken(client_of, recorder, address, settings, content, error):
    response = send(client_of(recorder), address, content)
    assert (response.status_code, error_of(response, "file")) == (422, error)
    assert (Photograph.objects.count(), stored_files(settings)) == (0, [])


def test_patrol_photograph_needs_a_file(client_of, recorder, address):
    response = client_of(recorder).post(address, {"client_id": CLIENT_ID})
    assert (response.status_code, error_of(response, "file")) == (422, "This field is required.")


@pytest.mark.parametrize("second_id", [CLIENT_ID, "11111111-0c2f-4a5e-8f60-2f3d0d3a9b11"])
def test_same_file_twice_is_one_photograph(client_of, recorder, address, settings, second_id):
    client, content = client_of(recorder), photo()
    send(client, address, content)
    response = send(client, address, content, client_id=second_id)
    assert (response.status_code, Photograph.objects.count(), len(stored_files(settings))) == (302, 1, 1)


def test_another_file_under_the_same_id_is_kept_as_well(client_of, recorder, address):
    client = client_of(recorder)
    send(client, address, photo())
    send(client, address, PDF)
    kinds = set(Photograph.objects.values_list("kind", flat=True))
    assert (kinds, Photograph.objects.count()) == ({"image/jpeg", "application/pdf"}, 2)


def test_deleted_photograph_is_not_brought_back_by_a_late_copy(client_of, recorder, address):
    client = client_of(recorder)
    send(client, address, PDF)
    Photograph.objects.update(deleted_at=timezone.now(), deleted_by=recorder)
    response = client.post(address, {"client_id": CLIENT_ID, "file": SimpleUploadedFile("x", PDF)}, follow=True)
    assert Photograph.objects.count() == 1
    assert "has been deleted since" in first(response, ".messages").get_text()


def test_deleted_photograph_can_be_attached_anew(client_of, recorder, address):
    client = client_of(recorder)
    send(client, address, PDF)
    Photograph.objects.update(deleted_at=timezone.now(), deleted_by=recorder)
    send(client, address, PDF, client_id=str(uuid.uuid4()))
    assert Photograph.objects.filter(deleted_at=None).count() == 1


def test_file_goes_again_where_the_row_is_refused(recorder, patrol, two_party_cluster, settings):
    """The database refuses a kind that it does not know; nothing of ours is put in its place."""
    rights = Access(recorder).rights_in(two_party_cluster.cluster)
    arguments = {"kind": "text/html", "content": PDF, "rights": rights, "now": timezone.now()}
    with pytest.raises(IntegrityError, match="photograph_kind_known"):
        attach_photograph(patrol=patrol, client_id=uuid.uuid4(), **arguments)
    assert stored_files(settings) == []


def test_patrol_page_lists_the_photographs(client_of, recorder, address, patrol):
    client = client_of(recorder)
    send(client, address, picture("PNG"))
    (item,) = page_of(client.get(patrol.get_absolute_url())).select(".files li")
    assert "PNG" in item.get_text()
    assert [link["href"].rsplit("/", 3)[1:] for link in item.select("a")] == [
        ["photographs", CLIENT_ID, ""],
        [CLIENT_ID, "delete", ""],
    ]


def test_patrol_page_offers_the_form_to_whoever_may_attach(client_of, recorder, leader, patrol, address):
    def forms(user):
        return [
            form["action"] for form in page_of(client_of(user).get(patrol.get_absolute_url())).select("form[enctype]")
        ]

    assert (forms(recorder), forms(leader)) == ([address], [])


def test_form_page_opens_the_camera_without_forcing_it(client_of, recorder, address):
    field = first(client_of(recorder).get(address), "input[type=file]")
    assert field["accept"] == "image/jpeg,image/png,image/webp,application/pdf"
    assert "capture" not in field.attrs
