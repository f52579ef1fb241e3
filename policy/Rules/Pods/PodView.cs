using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Pods;

/// <summary>A pod as some object of Kubernetes declares it.</summary>
/// <param name="Resource">The object.</param>
/// <param name="Path">Where the pod is in it.</param>
internal sealed record PodView(ResourceView Resource, PropertyPath Path)
{
    /// <summary>Everything of the pod that runs: containers, those that run before them and those for debugging.</summary>
    public IEnumerable<ContainerView> Containers =>
        Main.Concat(Select("initContainers[*]")).Concat(Select("ephemeralContainers[*]"));

    /// <summary>The containers that run as long as the pod.</summary>
    public IEnumerable<ContainerView> Main => Select("containers[*]");

    /// <summary>Whether it is for Windows, which has none of what Linux restricts.</summary>
    public bool IsWindows => Read("os.name").TryGetText(out var system) && system == "windows";

    public PropertyPath At(string path) => new([.. Path.Elements, .. PropertyPath.Parse(path).Elements]);

    public PropertyReading Read(string path) => Resource.Read(At(path));

    public IEnumerable<PropertyReading> SelectReadings(string path) => Resource.Select(At(path));

    private IEnumerable<ContainerView> Select(string path) => SelectReadings(path).Select(reading => new ContainerView(this, reading));
}

/// <summary>A container of a pod.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Reading">What was found in its place.</param>
internal sealed record ContainerView(PodView Pod, PropertyReading Reading)
{
    /// <summary>Whether there is something to read; else it is not known.</summary>
    public bool IsKnown => Reading is { State: PropertyState.Known, Value: MapValue };

    public PropertyPath At(string path) => new([.. Reading.Path.Elements, .. PropertyPath.Parse(path).Elements]);

    public PropertyReading Read(string path) => Pod.Resource.Read(At(path));

    public IEnumerable<PropertyReading> Select(string path) => Pod.Resource.Select(At(path));

    /// <summary>The value that counts: the container's own, else the pod's.</summary>
    public PropertyReading ReadOrPod(string path)
    {
        var own = Read(path);
        var pod = Pod.Read(path);
        return own.State == PropertyState.Missing && pod.State != PropertyState.Missing ? pod : own;
    }

    /// <summary>The name, for messages.</summary>
    public override string ToString() => Read("name").State == PropertyState.Known ? $"container {Read("name")}" : "a container";
}
