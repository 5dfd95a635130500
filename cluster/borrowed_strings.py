"""Strings of Django and simple_history that our Vietnamese catalogue holds; nothing imports this module.

`make messages` keeps in the catalogue what it finds in our code, so these stand here. When a library changes, the
test test_translations.py says which lines of this file are missing and which are of no more use.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

# What Django has in English alone: pages of the admin …
_("Select this object for an action - {}")
_("Select all objects on this page for an action")
_("Breadcrumbs")
_("Model name")
_("Add link")
_("Change or view list link")
_("After you’ve created a user, you’ll be able to edit more user options.")
_("Error:")
_("Set password")
_("This action will <strong>enable</strong> password-based authentication for this user.")
_("Disable password-based authentication")
_("Enable password-based authentication")
_("Skip to main content")
_("Hide counts")
_("Show counts")
_("Toggle theme (current theme: auto)")
_("Toggle theme (current theme: light)")
_("Toggle theme (current theme: dark)")
_("Added:")
_("Changed:")
_("Deleted:")
_("Forgotten your login credentials?")
_("Toggle navigation")
_("Sidebar")
_("Filter navigation items")
ngettext_lazy("entry", "entries")
_("View selected %(model)s")
_("In case you’ve forgotten, you are:")
_("Content type %(ct_id)s object %(obj_id)s doesn’t exist")
_("%(ct_name)s objects don’t have a get_absolute_url() method")

# … passwords …
_("Conflicting form data submitted. Please try again.")
_("Password-based authentication was disabled.")
_("Password-based authentication")
_("Set password: %s")
_("Reset password")
_("Enabled")
_("Disabled")
_(
    "Whether the user will be able to authenticate using a password or not. If disabled, they may still be able to "
    "authenticate using other backends, such as Single Sign-On or LDAP."
)
_("Raw passwords are not stored, so there is no way to see the user’s password.")
_("Enable password-based authentication for this user by setting a password.")
ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
)
_(
    "Enter a valid username. This value may contain only unaccented lowercase a-z and uppercase A-Z letters, numbers, "
    "and @/./+/-/_ characters."
)

# … what is wrong with an entry …
_("Enter a valid domain name.")
_("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.")
_("Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens.")
_("Enter a valid %(protocol)s address.")
_("IPv4")
_("IPv6")
_("IPv4 or IPv6")
_("This is not a valid IPv6 address.")
_("Ensure this value is a multiple of step size %(limit_value)s.")
_(
    "Ensure this value is a multiple of step size %(limit_value)s, starting from %(offset)s, e.g. %(offset)s, "
    "%(valid_value1)s, %(valid_value2)s, and so on."
)
_("File extension “%(extension)s” is not allowed. Allowed extensions are: %(allowed_extensions)s.")
_("Null characters are not allowed.")
_("Constraint “%(name)s” is violated.")
_("“%(value)s” value must be either True or False.")
_("“%(value)s” value must be either True, False, or None.")
_("“%(value)s” value must be either None, True or False.")
_("“%(value)s” value has an invalid date format. It must be in YYYY-MM-DD format.")
_("“%(value)s” value has the correct format (YYYY-MM-DD) but it is an invalid date.")
_("“%(value)s” value has an invalid format. It must be in YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format.")
_("“%(value)s” value has the correct format (YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ]) but it is an invalid date/time.")
_("“%(value)s” value has an invalid format. It must be in HH:MM[:ss[.uuuuuu]] format.")
_("“%(value)s” value has the correct format (HH:MM[:ss[.uuuuuu]]) but it is an invalid time.")
_("“%(value)s” value has an invalid format. It must be in [DD] [[HH:]MM:]ss[.uuuuuu] format.")
_("“%(value)s” value must be a decimal number.")
_("“%(value)s” value must be a float.")
_("“%(value)s” value must be an integer.")
_("“%(value)s” is not a valid UUID.")
_("Value must be valid JSON.")
_("%(model)s instance with %(field)s %(value)r is not a valid choice.")
_("Enter a valid duration.")
_("The number of days must be between {min_days} and {max_days}.")
_("Enter a complete value.")
_("Enter a valid UUID.")
_("Enter a valid JSON.")
_(
    "ManagementForm data is missing or has been tampered with. Missing fields: %(field_names)s. You may need to file a "
    "bug report if the issue persists."
)
ngettext_lazy("Please submit at most %(num)d form.", "Please submit at most %(num)d forms.", "num")
ngettext_lazy("Please submit at least %(num)d form.", "Please submit at least %(num)d forms.", "num")
_("The inline value did not match the parent instance.")
_("“%(pk)s” is not a valid value.")
_("%(datetime)s couldn’t be interpreted in time zone %(current_timezone)s; it may be ambiguous or it may not exist.")

# … and the rest.
_("That page number is not an integer")
_("That page number is less than 1")
_("That page contains no results")
_("…")
pgettext_lazy("String to return when truncating text", "%(truncated_text)s…")
_("String (unlimited)")
_("Duration")
_("Positive big integer")
_("Universally unique identifier")
_("A JSON object")
_("%(from)s-%(to)s relationship")
_("%(from)s-%(to)s relationships")
ngettext_lazy("%(num)d year", "%(num)d years", "num")
ngettext_lazy("%(num)d month", "%(num)d months", "num")
ngettext_lazy("%(num)d week", "%(num)d weeks", "num")
ngettext_lazy("%(num)d day", "%(num)d days", "num")
ngettext_lazy("%(num)d hour", "%(num)d hours", "num")
ngettext_lazy("%(num)d minute", "%(num)d minutes", "num")

# simple_history, which has no Vietnamese.
_("Created")
_("Changed")
_("Deleted")
_("View history: %s")

# Django has these in Vietnamese, but not as the officers of a unit write it. What is wrong with an entry …
_("This field is required.")
_("This field cannot be null.")
_("This field cannot be blank.")
_("Enter a valid value.")
_("Enter a valid email address.")
_("Enter a whole number.")
_("Enter a valid date.")
_("Enter a valid time.")
_("Enter a valid date/time.")
_("Enter a list of values.")
_("Ensure this value is %(limit_value)s (it is %(show_value)s).")
_("Ensure this value is less than or equal to %(limit_value)s.")
_("Ensure this value is greater than or equal to %(limit_value)s.")
ngettext_lazy(
    "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
    "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
    "limit_value",
)
ngettext_lazy(
    "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
    "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    "limit_value",
)
ngettext_lazy(
    "Ensure this filename has at most %(max)d character (it has %(length)d).",
    "Ensure this filename has at most %(max)d characters (it has %(length)d).",
    "max",
)
_("No file was submitted. Check the encoding type on the form.")
_("No file was submitted.")
_("The submitted file is empty.")
_("Value %(value)r is not a valid choice.")
_("Select a valid choice. That choice is not one of the available choices.")
_("Select a valid choice. %(value)s is not one of the available choices.")
_("%(model_name)s with this %(field_label)s already exists.")
_("%(model_name)s with this %(field_labels)s already exists.")
_("Please correct the duplicate data for %(field)s.")
_("Please correct the duplicate data for %(field)s, which must be unique.")
_("Please correct the duplicate values below.")
_("Please enter a correct %(username)s and password. Note that both fields may be case-sensitive.")
_("This account is inactive.")
_("The two password fields didn’t match.")
_("Your old password was entered incorrectly. Please enter it again.")
_("The password is too similar to the %(verbose_name)s.")
_("This password is too common.")
_("Your password can’t be too similar to your other personal information.")
ngettext_lazy(
    "Your password must contain at least %(min_length)d character.",
    "Your password must contain at least %(min_length)d characters.",
    "min_length",
)
_("Your password can’t be a commonly used password.")
_("Old password")
_("New password")
_("New password confirmation")
_("Password")
_("Password confirmation")

# … and pages of the admin.
_("%(app)s administration")
_("%(counter)s result")
_("%(full_result_count)s total")
_("%(total_count)s selected")
_("0 of %(cnt)s selected")
_(" By %(filter_title)s ")
_("Action:")
_("Add")
_("Add %(name)s")
_("Add %s")
_("Add another %(verbose_name)s")
_("Added {name} “{object}”.")
_("Added.")
_("Any date")
_("Change")
_("Change %s")
_("Change history: %s")
_("Change selected %(model)s")
_("Changed “%(object)s” — %(changes)s")
_("Changed {fields} for {name} “{object}”.")
_("Changed {fields}.")
_("Clear selection")
_("Click here to select the objects across all pages")
_("Deleted {name} “{object}”.")
_("Go")
_("Hold down “Control”, or “Command” on a Mac, to select more than one.")
_("Items must be selected in order to perform actions on them. No items have been changed.")
_("Log out")
_("Models in the %(name)s application")
_("My actions")
_("No action selected.")
_("No date")
_("No fields changed.")
_("None available")
_("Past 7 days")
ngettext_lazy("Please correct the error below.", "Please correct the errors below.")
_("Recent actions")
_("Run the selected action")
_("Save and add another")
_("Save and continue editing")
_("Select %s to change")
_("Select all %(total_count)s %(module_name)s")
_("Start typing to filter…")
_("The {name} “{obj}” was added successfully.")
_("The {name} “{obj}” was added successfully. You may add another {name} below.")
_("The {name} “{obj}” was changed successfully.")
_("The {name} “{obj}” was changed successfully. You may add another {name} below.")
_("The {name} “{obj}” was changed successfully. You may edit it again below.")
_("This object doesn’t have a change history. It probably wasn’t added via this admin site.")
_("Unknown content")
_("View")
_("View site")
_("Welcome,")
_("You may edit it again below.")
