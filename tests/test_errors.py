import pytest

from discourse import errors


def test_errors_all_share_one_base():
    kinds = (errors.SchemaError, errors.LexiconError, errors.SourceError, errors.ResourceError)
    assert all(issubclass(kind, errors.DiscourseError) for kind in kinds)


@pytest.mark.parametrize("kind", [errors.SchemaError, errors.LexiconError, errors.SourceError])
def test_errors_about_values_are_value_errors(kind):
    with pytest.raises(ValueError, match="^wrong value$"):
        raise kind("wrong value")


def test_resource_error_is_a_runtime_error():
    assert issubclass(errors.ResourceError, RuntimeError)
    assert not issubclass(errors.ResourceError, ValueError)


def test_check_choice_known_value_passes_silently():
    assert errors.check_choice("freq", "MS", ["MS", "QS", "YS"]) is None


def test_check_choice_unknown_value_names_argument_value_and_sorted_choices():
    with pytest.raises(errors.SchemaError) as caught:
        errors.check_choice("freq", "weekly", ["YS", "MS", "QS"])
    assert str(caught.value) == "`freq` is 'weekly'; it must be one of 'MS', 'QS', 'YS'."


def test_check_choice_none_among_choices_is_shown():
    with pytest.raises(errors.SchemaError) as caught:
        errors.check_choice("by", 3, [None, "source"])
    assert str(caught.value) == "`by` is 3; it must be one of 'source', None."


@pytest.mark.parametrize(
    ("values", "shown"),
    [([], ""), (["طالبان"], "'طالبان'"), ([1, 2, 3], "1, 2, 3"), (iter("abcdef"), "'a', 'b', 'c'")],
)
def test_first_three_shows_at_most_three_values(values, shown):
    assert errors.first_three(values) == shown


def test_first_three_stops_reading_after_three_values():
    values = iter(range(10))
    errors.first_three(values)
    assert next(values) == 3
