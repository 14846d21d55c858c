// hnswlib (Debian: libhnswlib-dev), built for this machine, on the vectors that Rag.Quality -- vectors measures.
//   g++ -O3 -march=native -ffast-math -std=c++17 -pthread bench/hnswlib.cpp -o /tmp/hnswlib && /tmp/hnswlib FOLDER [QUERIES] [THREADS]
// FOLDER has base.f32 and queries.f32 (rows of 384 floats, unit length). The graph is made on THREADS threads (2), searches are on one. Seconds of the processor.
#include <hnswlib/hnswlib.h>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <thread>
#include <vector>

constexpr int Dimensions = 384, Top = 10, Rounds = 5;

static std::vector<float> read(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    std::vector<float> values((size_t)file.tellg() / sizeof(float));
    file.seekg(0);
    file.read((char*)values.data(), values.size() * sizeof(float));
    return values;
}

static double seconds() {
    timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static void memory(const char* when) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmRSS", 0) == 0) printf("%s, memory in use: %s\n", when, line.c_str() + 6);
}

int main(int argc, char** argv) {
    const std::string folder = argv[1];
    const size_t queries = argc > 2 ? atoi(argv[2]) : 200, threads = argc > 3 ? atoi(argv[3]) : 2;
    auto base = read(folder + "/base.f32"), questions = read(folder + "/queries.f32");
    const size_t count = base.size() / Dimensions;

    std::vector<std::vector<float>> best(queries); // the true nearest, worst on top
    for (size_t i = 0; i < count; i++)
        for (size_t q = 0; q < queries; q++) {
            float score = 0;
            for (int d = 0; d < Dimensions; d++) score += base[i * Dimensions + d] * questions[q * Dimensions + d];
            auto& heap = best[q];
            if (heap.size() == Top && score <= heap[0]) continue;
            if (heap.size() == Top) { std::pop_heap(heap.begin(), heap.end(), std::greater<float>()); heap.pop_back(); }
            heap.push_back(score);
            std::push_heap(heap.begin(), heap.end(), std::greater<float>());
        }

    hnswlib::InnerProductSpace space(Dimensions);
    hnswlib::HierarchicalNSW<float> index(&space, count, 16, 128, 1);
    memory("before");
    auto clock = std::chrono::steady_clock::now();
    double start = seconds();
    index.addPoint(base.data(), 0);
    std::atomic<size_t> next(1);
    std::vector<std::thread> workers;
    for (size_t t = 0; t < threads; t++)
        workers.emplace_back([&] { for (size_t i; (i = next++) < count;) index.addPoint(base.data() + i * Dimensions, i); });
    for (auto& w : workers) w.join();
    printf("hnswlib M 16 efConstruction 128, %zu x %d: made in %.1f s of the processor, %.1f s on %zu threads\n", count, Dimensions, seconds() - start,
        std::chrono::duration<double>(std::chrono::steady_clock::now() - clock).count(), threads);
    memory("after (the numbers stand twice)");
    fflush(stdout);

    for (int ef : {10, 16, 24, 32, 48, 64, 96, 128, 192, 256}) {
        index.setEf(ef);
        size_t found = 0;
        double fastest = 1e9;
        for (int round = 0; round < Rounds; round++) {
            found = 0;
            start = seconds();
            for (size_t q = 0; q < queries; q++)
                for (auto hits = index.searchKnn(questions.data() + q * Dimensions, Top); !hits.empty(); hits.pop())
                    found += 1 - hits.top().first >= best[q][0] - 1e-6f;
            fastest = std::min(fastest, (seconds() - start) / queries);
        }
        printf("  ef %d: recall@10 %.4f, %.3f ms, %.0f queries/s\n", ef, found / (double)(queries * Top), fastest * 1e3, 1 / fastest);
        fflush(stdout);
    }
}
