using DataMesh.Tool;

return DataMeshCommand.Run(args, CommandEnvironment.OfProcess());
