package io.multijob.protocol;

/// What podmon counted of one container.
///
/// @param id the container's id as its cgroup is named after it, without the runtime's prefix
public record ContainerFigures(String id, Figures figures) {}
