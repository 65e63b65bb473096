/// Tests of images that are made without a container engine.
@NullMarked
package io.multijob.image;

import org.jspecify.annotations.NullMarked;
