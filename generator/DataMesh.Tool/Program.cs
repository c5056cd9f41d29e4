using DataMesh.Tool;

// What is loaded stays until the end, so that collections would only move it: they begin after this many bytes.
const long Uncollected = 96L << 20;
if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > 16 * Uncollected)
    GC.TryStartNoGCRegion(Uncollected);
return DataMeshCommand.Run(args, CommandEnvironment.OfProcess());
