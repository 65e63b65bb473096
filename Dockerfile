# The servo, from source:
#     docker build -t localhost/servo:0.1.0-SNAPSHOT .
# Fetches packages and Maven's dependencies. `make images` makes the same without a container engine.

# A JDK 25 on a system with apt-get, or with gcc and Maven.
ARG JDK_IMAGE=eclipse-temurin:25-jdk
# What comes below it: nothing is needed.
ARG RUNTIME_IMAGE=scratch

FROM ${JDK_IMAGE} AS build
WORKDIR /src
COPY . .
RUN scripts/tools gcc && ./mvnw -B -q -Dmaven.test.skip=true -pl :cli -am package
RUN JAVA_HOME=$(scripts/jdk) modules/cli/target/servo/bin/servo images --root --to /image servo

FROM ${RUNTIME_IMAGE}
COPY --from=build /image/servo/ /
ENV PATH=/opt/servo/bin
USER 65534:65534
ENTRYPOINT ["/opt/servo/bin/servo"]
CMD ["run"]
