"""Pages of long lists: counted as far as one may leaf through."""

from django.utils.functional import cached_property
from wagtail.admin.paginator import WagtailPaginator

COUNTED = 10_000


class CappedPaginator(WagtailPaginator):
    """Beyond ten thousand rows, filters find better than pages, and counting takes seconds."""

    @cached_property
    def count(self) -> int:
        """At most one more than the cap."""
        return self.object_list.order_by()[: COUNTED + 1].count()

    @cached_property
    def items_count_label(self) -> str:
        """« 4 dossiers », or « plus de 10 000 dossiers »."""
        if self.count > COUNTED:
            return f"Plus de 10\u202f000 {self.verbose_name_plural}"
        return super().items_count_label
