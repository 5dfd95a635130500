from incidents.metrics import BY_CATEGORY, METRICS, MONTHLY


def test_metrics_bear_the_key_they_are_found_by():
    assert [metric.key for metric in METRICS.values()] == list(METRICS)


def test_metrics_of_a_month_and_by_category_are_known():
    assert set(MONTHLY) | set(BY_CATEGORY) <= set(METRICS)
