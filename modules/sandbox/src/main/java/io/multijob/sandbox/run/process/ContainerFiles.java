package io.multijob.sandbox.run.process;

import java.nio.file.Path;

/// Where one start of a container leaves what it says.
///
/// @param log what it prints, standard output and error together
/// @param message what it writes as its last words
public record ContainerFiles(Path log, Path message) {}
