"""Settings of the whole suite: the same examples on every machine, however slow."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "offcut",
    deadline=None,  # these machines are shared; slowness is not wrongness
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("offcut")
