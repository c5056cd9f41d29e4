namespace DataMesh.Package.Tests;

/// <summary>A folder with nothing but what a user writes, and a feed with nothing but this repository's packages.</summary>
public sealed class UserProject : IAsyncLifetime
{
    private const string ProjectFile = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="DataMesh.Generators" Version="$VERSION$" />
          </ItemGroup>
        </Project>
        """;

    private const string NuGetConfig = """
        <configuration>
          <packageSources>
            <clear />
            <add key="feed" value="../feed" />
          </packageSources>
        </configuration>
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("datamesh-package-").FullName;

    /// <summary>The folder of the project, <c>MyApp</c>.</summary>
    public string Folder => Path.Combine(_root, "MyApp");

    private string PackageFolder => Path.Combine(_root, "packages");

    /// <summary>Packs the libraries, and restores a project that uses them.</summary>
    public async ValueTask InitializeAsync()
    {
        string repository = RepositoryRoot();
        string configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;
        string version = "0.0.0-test." + Guid.NewGuid().ToString("N");
        foreach (string project in new[] { "runtime/DataMesh.Runtime", "generator/DataMesh.Generators" })
        {
            (int exitCode, string output) = await DotNet.RunAsync(
                repository, DefaultPackageFolder(), "pack", project, "--no-build", "--configuration", configuration,
                "--output", Path.Combine(_root, "feed"), "-p:PackageVersion=" + version);
            Assert.True(exitCode == 0, output);
        }

        Directory.CreateDirectory(Folder);
        Write("MyApp.csproj", ProjectFile.Replace("$VERSION$", version, StringComparison.Ordinal));
        Write("nuget.config", NuGetConfig);
        (int restored, string messages) = await DotNet.RunAsync(Folder, PackageFolder, "restore");
        Assert.True(restored == 0, messages);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return default;
    }

    /// <summary>Writes a file of the project.</summary>
    public void Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Runs <c>dotnet build</c> with the repository out of sight.</summary>
    public Task<(int ExitCode, string Output)> BuildAsync(params string[] arguments) =>
        DotNet.RunAsync(Folder, PackageFolder, ["build", "--no-restore", "--disable-build-servers", .. arguments]);

    /// <summary>Runs what was built last.</summary>
    public Task<(int ExitCode, string Output)> RunAsync() => DotNet.RunAsync(Folder, PackageFolder, "run", "--no-build");

    private static string DefaultPackageFolder() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string RepositoryRoot()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "DataMesh.Generators.sln")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
