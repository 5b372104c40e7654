#!/usr/bin/env bash
# org.bytedeco:pytorch 2.10.0-1.5.13, classifier linux-x86_64-gpu: without CUDA not even the CPU can be computed on, and the artifacts
# that would bring CUDA along are not published for this version.
#
# Its libtorch_cpu.so is linked against libcudart.so.13 and libcupti.so.13 (the profiler), so where these two are not found libtorch does
# not load at all; with them alone, and no driver, it loads and computes on the CPU. The artifacts of earlier versions with CUDA in them
# (cuda, classifiers linux-x86_64-redist and -redist-cublas) are named by cuda-13.1-9.19-1.5.13.pom and were not to be had when this was
# written. Downloads 460 MB; needs Linux, python3 for the two libraries of CUDA, and no CUDA 13 among the system's own. Fails when the
# behaviour has changed.
set -euo pipefail
if ldconfig -p | grep -q 'libcupti\.so\.13'; then
  echo "CUDA 13 is installed here: nothing can be seen."
  exit 1
fi
unset LD_LIBRARY_PATH
cd "$(mktemp -d)"
cat >pom.xml <<'POM'
<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version><dependencies>
<dependency><groupId>org.bytedeco</groupId><artifactId>pytorch</artifactId><version>2.10.0-1.5.13</version></dependency>
<dependency><groupId>org.bytedeco</groupId><artifactId>pytorch</artifactId><version>2.10.0-1.5.13</version><classifier>linux-x86_64-gpu</classifier></dependency>
<dependency><groupId>org.bytedeco</groupId><artifactId>openblas</artifactId><version>0.3.31-1.5.13</version><classifier>linux-x86_64</classifier></dependency>
<dependency><groupId>org.bytedeco</groupId><artifactId>javacpp</artifactId><version>1.5.13</version><classifier>linux-x86_64</classifier></dependency>
</dependencies></project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=cp
cat >Sum.java <<'JAVA'
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

public class Sum {
    public static void main(String[] none) {
        try {
            Loader.load(torch.class);
            System.out.println("1 + 1 = " + torch.ones(2).sum().item_float() + ", CUDA: " + torch.cuda_is_available());
        } catch (UnsatisfiedLinkError failure) {
            System.out.println(failure.getCause().getMessage().replaceAll(".*/", ""));
        }
    }
}
JAVA
sum() { java -Dorg.bytedeco.javacpp.cachedir="$PWD/cache" -cp "$(cat cp)" Sum.java; }
without=$(sum)
rm -rf cache
python3 -m venv python
python/bin/pip install -q nvidia-cuda-runtime==13.5.37 nvidia-cuda-cupti==13.5.25
folder=$(dirname "$(find python -name libcupti.so.13 | head -1)")
runtime=$(dirname "$(find python -name libcudart.so.13 | head -1)")
with=$(LD_LIBRARY_PATH=$PWD/$folder:$PWD/$runtime sum)
brought=no
mvn -B -q dependency:get -Dtransitive=false -Dartifact=org.bytedeco:cuda:13.1-9.19-1.5.13:jar:linux-x86_64-redist >redist 2>&1 && brought=yes
echo "org.bytedeco:pytorch:2.10.0-1.5.13:linux-x86_64-gpu, no GPU: expected '1 + 1 = 2.0, CUDA: false'"
echo "seen without CUDA:                 $without"
echo "seen with libcudart and libcupti:  $with"
echo "org.bytedeco:cuda:13.1-9.19-1.5.13:linux-x86_64-redist to be had: $brought"
[[ $without == *'cannot open shared object file'* ]] && [ "$with" = "1 + 1 = 2.0, CUDA: false" ] && [ $brought = no ]
