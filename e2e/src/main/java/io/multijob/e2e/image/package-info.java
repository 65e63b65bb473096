/// Container images made from files, without a container engine and without a registry.
///
/// [io.multijob.e2e.image.OciArchive] writes any image; [io.multijob.e2e.image.PodmonImage] says
/// what podmon's holds. Knows the JDK and a JSON library.
@NullMarked
package io.multijob.e2e.image;

import org.jspecify.annotations.NullMarked;
