/// Container images made from files, without a container engine and without a registry.
///
/// [io.multijob.image.ServoImage], [io.multijob.image.PodmonImage] and
/// [io.multijob.image.NotermImage] say what each of ours holds; [io.multijob.image.OciArchive]
/// writes any image. Knows the JDK and a JSON library, and of our programs only their files.
@NullMarked
package io.multijob.image;

import org.jspecify.annotations.NullMarked;
